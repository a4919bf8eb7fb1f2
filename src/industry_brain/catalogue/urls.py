from django.urls import path

from industry_brain.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.material_list, name="material_list"),
    path("add/", views.material_add, name="material_add"),
]
