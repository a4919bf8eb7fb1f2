from django.urls import path

from industry_brain.overview import views

app_name = "overview"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("records/", views.record_list, name="record_list"),
]
