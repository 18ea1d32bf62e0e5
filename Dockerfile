# Landfall as an image: the build stage compiles and bundles, the final one holds one program and nothing else.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
# Without install scripts: the project's own Node.js is not needed where there is one.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY deploy/bundle.mjs deploy/tables.mjs ./deploy/
COPY config ./config
COPY src ./src
RUN node node_modules/typescript/bin/tsc -p tsconfig.build.json --outDir build \
 && node deploy/bundle.mjs build dist \
 && find dist -name '*.map' -delete \
 && chmod 755 dist/main.js
# What no bundle can hold: binaries for this machine.
RUN mkdir -p outside/@resvg \
 && if [ -d node_modules/@resvg ]; then cp -R node_modules/@resvg/. outside/@resvg/; fi

FROM node:24-bookworm-slim
ENV NODE_ENV=production LANDFALL_DATA=/data LANDFALL_CONFIG=/config/landfall.yaml
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=build /build/outside ./node_modules
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
