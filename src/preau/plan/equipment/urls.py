"""The addresses of the room."""

app_name = "equipment"
urlpatterns = []
