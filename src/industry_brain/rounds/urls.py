from django.urls import path

from industry_brain.rounds import views

app_name = "rounds"
urlpatterns = [
    path("", views.round_list, name="round_list"),
    path("export.xlsx", views.round_export, name="round_export"),
    path("new/", views.round_create, name="round_create"),
    path("<str:reference>/", views.round_detail, name="round_detail"),
    path("<str:reference>/files/", views.round_files, name="round_files"),
    path("<str:reference>/items.xlsx", views.round_items_export, name="round_items_export"),
    path("<str:reference>/edit/", views.round_edit, name="round_edit"),
    path("<str:reference>/publish/", views.round_publish, name="round_publish"),
    path("<str:reference>/calendar/", views.round_calendar, name="round_calendar"),
    path("<str:reference>/suppliers/", views.round_suppliers, name="round_suppliers"),
    path("<str:reference>/suppliers/withdraw/", views.round_uninvite, name="round_uninvite"),
    path("<str:reference>/market-prices/", views.round_market_prices, name="round_market_prices"),
    path("<str:reference>/start-bidding/", views.round_start_bidding, name="round_start_bidding"),
    path("<str:reference>/close-bidding/", views.round_close_bidding, name="round_close_bidding"),
    path("<str:reference>/cancel/", views.round_cancel, name="round_cancel"),
]
