"""The addresses of the room."""

app_name = "sites"
urlpatterns = []
