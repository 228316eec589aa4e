"""The API's schema and the page that shows it. Few ask for either; what makes them is loaded only then."""

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
@login_not_required
def schema(request: HttpRequest) -> HttpResponseBase:
    from drf_spectacular.views import SpectacularAPIView  # noqa: PLC0415 - see above

    return SpectacularAPIView.as_view()(request)


# Swagger UI writes HTML as strings (through its own DOMPurify), so this one page cannot demand Trusted Types.
# It shows only our schema, nothing that anybody wrote; scripts still come from our host alone.
@csp_replace({"require-trusted-types-for": None, "trusted-types": None})
@csrf_exempt
@login_not_required
def docs(request: HttpRequest) -> HttpResponseBase:
    from drf_spectacular.views import SpectacularSwaggerSplitView  # noqa: PLC0415 - see above

    page = SpectacularSwaggerSplitView.as_view(url_name="api_schema", template_name="workflow/api_docs.html")
    return page(request)
