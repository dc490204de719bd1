"""The addresses of the room."""

app_name = "arrivals"
urlpatterns = []
