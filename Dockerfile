# An image with the program and nothing else, built from this source.
#
#     docker build -t labelwright .
#     docker run --rm --network none -v "$PWD:/data" labelwright check labels.json --texts docs
#
# The program is static, needs no user and no shell, and works without a network.
FROM rust:1.95.0-slim AS build
# The compiler of the image is the one that rust-toolchain.toml names; its other components are not needed.
ENV RUSTUP_TOOLCHAIN=1.95.0
RUN rustup target add "$(uname -m)-unknown-linux-musl" \
    && apt-get update && apt-get install --yes --no-install-recommends musl-tools
WORKDIR /source
COPY . .
RUN cp "$(release/build.sh "$(uname -m)-unknown-linux-musl")" /labelwright && mkdir /empty

FROM scratch
COPY --from=build /labelwright /labelwright
# Findings that are too many for memory, and what comes by a pipe, go to temporary files.
COPY --from=build --chmod=1777 /empty /tmp
WORKDIR /data
USER 65534:65534
ENTRYPOINT ["/labelwright"]
