from django.urls import path

from industry_brain.firms import views

app_name = "firms"
urlpatterns = [
    path("", views.firm_list, name="firm_list"),
    path("register/", views.firm_register, name="firm_register"),
]
