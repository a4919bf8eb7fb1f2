from django.urls import path

from industry_brain.awards import views

app_name = "awards"
urlpatterns = [
    path("", views.run_list, name="run_list"),
    path("export.xlsx", views.run_export, name="run_export"),
    path("start/", views.run_start, name="run_start"),
    path("<str:reference>/", views.run_detail, name="run_detail"),
    path("<str:reference>/stop/", views.run_stop, name="run_stop"),
    path("<str:reference>/share/", views.run_share, name="run_share"),
    path("<str:reference>/matrix/", views.award_matrix, name="award_matrix"),
    path("<str:reference>/shares/", views.run_shares, name="run_shares"),
    path("<str:reference>/my-share/", views.my_share, name="my_share"),
    path("<str:reference>/my-share/<str:member>/", views.my_share, name="my_share"),
    path("<str:reference>/my-result/", views.my_result, name="my_result"),
    path("<str:reference>/my-result/<str:supplier>/", views.my_result, name="my_result"),
    path("<str:reference>/approve/", views.run_approve, name="run_approve"),
    path("<str:reference>/set-aside/", views.run_set_aside, name="run_set_aside"),
    path("<str:reference>/finalise/", views.run_finalise, name="run_finalise"),
    path("<str:reference>/minutes.pdf", views.run_minutes, name="run_minutes"),
    path("<str:reference>/award.xlsx", views.run_workbook, name="run_workbook"),
    path("<str:reference>/files/<str:kind>.json", views.run_file, name="run_file"),
]
