"""Addresses that belong to no context; included at the root, without a namespace."""

from django.urls import path

from industry_brain.web import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("language/", views.set_language, name="set_language"),
]
