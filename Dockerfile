# The shop's server: one image, its role by XPRESSBUY_ROLE (web, api or all). Nothing here is for one machine type.
#
# The bases are the Docker official images as Amazon mirrors them, where builds on AWS are not turned away for coming
# too often. Their tags name a version and a distribution and move with security fixes, so that each build has these;
# to build from one fixed base, give it with its digest: --build-arg PYTHON_IMAGE=…@sha256:…
ARG NODE_IMAGE=public.ecr.aws/docker/library/node:22-trixie-slim
ARG PYTHON_IMAGE=public.ecr.aws/docker/library/python:3.13-slim-trixie

# The storefront's files, packages by the lock file's hashes.
FROM ${NODE_IMAGE} AS web
WORKDIR /build/web
COPY web ./
RUN npm ci --no-audit --no-fund && npm run build

# The server's packages by the lock file's hashes, and the shop itself, as byte code too. The byte code is taken
# unchecked, since nothing changes in an image and nothing can be written next to it.
FROM ${PYTHON_IMAGE} AS packages
ENV UV_PYTHON=/usr/local/bin/python3 \
    UV_PYTHON_DOWNLOADS=never \
    UV_PROJECT_ENVIRONMENT=/app/.venv \
    UV_LINK_MODE=copy \
    PYC_INVALIDATION_MODE=UNCHECKED_HASH
RUN pip install --no-cache-dir "uv==0.13.9"
WORKDIR /build
COPY pyproject.toml uv.lock ./
# The SDK describes some 400 services: those that the server asks stay, and sts for roles. A quarter of what is pulled.
RUN uv sync --locked --no-dev --no-install-project --compile-bytecode --no-progress && \
    find /app/.venv/lib/python3*/site-packages/botocore/data -mindepth 1 -maxdepth 1 -type d \
    ! -name cognito-idp ! -name s3 ! -name secretsmanager ! -name sesv2 ! -name sts -exec rm -r {} +
COPY src/xpressbuy /app/xpressbuy
RUN /app/.venv/bin/python -m compileall -q --invalidation-mode unchecked-hash /app/xpressbuy

FROM ${PYTHON_IMAGE}
LABEL org.opencontainers.image.title="XpressBuy" \
      org.opencontainers.image.description="An online shop that a small merchant runs in an AWS account of their own" \
      org.opencontainers.image.licenses="MIT"
ENV PATH=/app/.venv/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONPATH=/app \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    XPRESSBUY_WEB_DIST=/app/web
COPY --from=packages /app /app
COPY --from=web /build/web/storefront/dist /app/web
WORKDIR /app
# A number, so that whoever starts the image can see that it is not root. It owns nothing and writes nothing.
USER 10001:10001
EXPOSE 3000 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["/bin/sh", "-c", "exec python -m xpressbuy.alive ${XPRESSBUY_PORT:-${XPRESSBUY_ROLE:-all}}"]
CMD ["python", "-m", "xpressbuy.serve"]
