"""The style guide's address; included only where developers work."""

from django.urls import path

from industry_brain.web import views

urlpatterns = [path("", views.styleguide, name="styleguide")]
