from django.contrib.auth.views import LogoutView
from django.urls import path

from industry_brain.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("", views.account, name="account"),
    path("tokens/", views.token_issue, name="token_issue"),
    path("tokens/<int:pk>/revoke/", views.token_revoke, name="token_revoke"),
    path("people/", views.person_list, name="person_list"),
    path("people/admit/", views.person_admit, name="person_admit"),
]
