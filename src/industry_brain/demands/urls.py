from django.urls import path

from industry_brain.demands import views

app_name = "demands"
urlpatterns = [
    path("", views.demand_list, name="demand_list"),
    path("sheets/<str:reference>/", views.sheet_detail, name="sheet_detail"),
    path("sheets/<str:reference>/drop/", views.row_drop, name="row_drop"),
    path("demand/<str:reference>/", views.demand_edit, name="demand_edit"),
    path("demand/<str:reference>/withdraw/", views.demand_withdraw, name="demand_withdraw"),
    path("<str:round_reference>/", views.round_demands, name="round_demands"),
    path("<str:round_reference>/new/", views.demand_create, name="demand_create"),
    path("<str:round_reference>/sheet/", views.demand_sheet, name="demand_sheet"),
    path("<str:round_reference>/submit/", views.demands_submit, name="demands_submit"),
    path("<str:round_reference>/pool/", views.pool_preview, name="pool_preview"),
    path("<str:round_reference>/template.xlsx", views.demand_template, name="demand_template"),
    path("<str:round_reference>/demands.xlsx", views.demand_export, name="demand_export"),
    path("<str:round_reference>/pool.xlsx", views.pool_export, name="pool_export"),
    path("<str:round_reference>/totals.xlsx", views.totals_export, name="totals_export"),
]
