# One image for web, worker and beat; docker-compose.yml says which of them a container is.
FROM python:3.11-slim AS build
WORKDIR /portal
RUN python -m venv /opt/portal
COPY requirements.txt .
RUN /opt/portal/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.11-slim
RUN useradd --create-home --uid 1000 portal && install -d -o portal /var/lib/portal /var/lib/portal/media /var/lib/portal/incoming /var/lib/portal/index
COPY --from=build /opt/portal /opt/portal
WORKDIR /portal
COPY . .
ENV PATH=/opt/portal/bin:$PATH PYTHONUNBUFFERED=1 PORTAL_VAR=/var/lib/portal
RUN python -m portal.messages compile
USER portal
# A secret and a host only for this step: collecting static files asks for settings, not for a running house.
RUN PORTAL_SECRET_KEY=build PORTAL_ALLOWED_HOSTS=build python manage.py collectstatic --noinput --verbosity 0
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "portal.wsgi:application"]
