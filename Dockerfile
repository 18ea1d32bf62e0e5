# Landfall as an image: the build stage compiles, the final one holds production dependencies and nothing else.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
# Without install scripts: the project's own Node.js is not needed where there is one.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN node node_modules/typescript/bin/tsc -p tsconfig.build.json \
 && chmod 755 dist/main.js

FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# What a running program never opens: types, source maps, sources, documentation.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
 && find node_modules -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' -o -name '*.ts' \
      -o -iname 'readme*' -o -iname 'changelog*' -o -name '*.md' \) -delete \
 && find node_modules -type d -empty -delete

FROM node:24-bookworm-slim
ENV NODE_ENV=production LANDFALL_DATA=/data LANDFALL_CONFIG=/config/landfall.yaml
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY --from=build /build/dist ./dist
COPY config ./config
# A mount over /config hides the built-in list, never the program's own tables beside it.
RUN mkdir -p /config /data \
 && cp config/landfall.yaml config/landfall.schema.json /config/ \
 && chown 1000:1000 /data \
 && ln -s /app/dist/main.js /usr/local/bin/landfall
USER 1000:1000
VOLUME /data
HEALTHCHECK --interval=60s --timeout=10s --start-period=30s --retries=3 CMD ["landfall", "health"]
# Node.js is process 1 and ends by itself on SIGTERM: no shell and no init in between.
ENTRYPOINT ["node", "/app/dist/main.js"]
CMD ["run"]
