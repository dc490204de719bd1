"""The addresses of the room."""

app_name = "steering"
urlpatterns = []
