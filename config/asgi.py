"""What granian serves: the WSGI application behind the front that reads bodies."""

from config.wsgi import application as pages
from preau.kit.serving.front import Front
from preau.kit.serving.orphans import end_with_parent

end_with_parent()  # each web process is a child of granian's first, which may be killed too
application = Front(pages)
