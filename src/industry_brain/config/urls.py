from django.conf import settings
from django.urls import include, path

from industry_brain.config.api import urls as api_urls

urlpatterns = [
    path("", include("industry_brain.overview.urls")),
    path("", include("industry_brain.web.urls")),
    path("account/", include("industry_brain.accounts.urls")),
    path("firms/", include("industry_brain.firms.urls")),
    path("materials/", include("industry_brain.catalogue.urls")),
    path("rounds/", include("industry_brain.rounds.urls")),
    path("demands/", include("industry_brain.demands.urls")),
    path("bids/", include("industry_brain.bids.urls")),
    path("awards/", include("industry_brain.awards.urls")),
    path("api/v1/", api_urls()),
]
if getattr(settings, "STYLEGUIDE", False):
    urlpatterns.append(path("styleguide/", include("industry_brain.web.styleguide_urls")))

handler404 = "industry_brain.web.views.page_not_found"
handler500 = "industry_brain.web.views.server_error"
handler403 = "industry_brain.web.views.permission_denied"
handler400 = "industry_brain.web.views.bad_request"
