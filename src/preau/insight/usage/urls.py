"""The addresses of the room."""

app_name = "usage"
urlpatterns = []
