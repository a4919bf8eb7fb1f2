from django.urls import path

from industry_brain.bids import views

app_name = "bids"
urlpatterns = [
    path("", views.bid_list, name="bid_list"),
    path("receipts/<slug:receipt>/", views.bid_receipt, name="bid_receipt"),
    path("receipts/<slug:receipt>/envelope.json", views.bid_envelope, name="bid_envelope"),
    path("of/<slug:bid>/", views.bid_detail, name="bid_detail"),
    path("<slug:reference>/", views.bid_edit, name="bid_edit"),
    path("<slug:reference>/draft/", views.bid_autosave, name="bid_autosave"),
    path("<slug:reference>/preview/", views.bid_preview, name="bid_preview"),
    path("<slug:reference>/submit/", views.bid_submit, name="bid_submit"),
    path("<slug:reference>/withdraw/", views.bid_withdraw, name="bid_withdraw"),
    path("<slug:reference>/template.xlsx", views.bid_template, name="bid_template"),
    path("<slug:reference>/upload/", views.bid_upload, name="bid_upload"),
    path("<slug:reference>/opening/", views.bid_opening, name="bid_opening"),
    path("<slug:reference>/open/", views.bid_open, name="bid_open"),
    path("<slug:reference>/matrix/", views.bid_matrix, name="bid_matrix"),
    path("<slug:reference>/matrix.xlsx", views.bid_matrix_export, name="bid_matrix_export"),
]
