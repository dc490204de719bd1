"""The addresses of the room."""

app_name = "posts"
urlpatterns = []
