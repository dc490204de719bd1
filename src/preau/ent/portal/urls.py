"""The addresses of the room."""

app_name = "portal"
urlpatterns = []
