# Weft's image. One for all its processes: what a container does is the command (deploy/), what it knows are variables.
FROM python:3.11-slim-trixie AS build
ENV PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . ./
RUN SECRET_KEY=only-to-collect-static-files-0123456789abcdefghijklmnopqrstuvwxyz WEFT_DATA_DIR=/tmp/weft \
    python manage.py collectstatic --no-input \
    && python -m compileall -q -j 0 /app

FROM python:3.11-slim-trixie
# Certificate authorities for previews of links, poppler for the first page of PDFs, pg_dump for backups.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates poppler-utils postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 weft \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin weft \
    && install -d -o weft -g weft /data /srv/static
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HOST=0.0.0.0 PORT=8000 WEFT_DATA_DIR=/data
WORKDIR /app
USER 10001:10001
EXPOSE 8000
CMD ["deploy/web"]
