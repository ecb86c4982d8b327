# The API of Hadath; docker-compose.yml runs it with a Neo4j. The annotation weights are part of the image.
FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
WORKDIR /app

# The CPU build of torch first: PyPI's is a CUDA build of several GB.
COPY pyproject.toml constraints.txt ./
RUN pip install -c constraints.txt --extra-index-url https://download.pytorch.org/whl/cpu torch \
 && python -c "import tomllib; print('\n'.join(tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies']))" \
    > requirements.txt \
 && pip install -c constraints.txt -r requirements.txt

COPY schema schema
COPY extractors extractors
COPY graph graph
COPY api api
COPY scripts scripts

RUN useradd --create-home hadath && mkdir -p /data && chown hadath /data
USER hadath
ENV HADATH_HOST=0.0.0.0 HADATH_PORT=8000 HADATH_DATA_DIR=/data
EXPOSE 8000
CMD ["python", "-m", "scripts.serve"]
