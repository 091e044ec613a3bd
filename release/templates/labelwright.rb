# A formula for Homebrew. release/manifests.py puts in what stands between @ signs.
class Labelwright < Formula
  desc "Offline converter and validator for text labels"
  homepage "@REPOSITORY@"
  version "@VERSION@"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "@REPOSITORY@/releases/download/v@VERSION@/labelwright-@VERSION@-aarch64-apple-darwin.tar.gz"
      sha256 "@SHA256 aarch64-apple-darwin@"
    end
    on_intel do
      url "@REPOSITORY@/releases/download/v@VERSION@/labelwright-@VERSION@-x86_64-apple-darwin.tar.gz"
      sha256 "@SHA256 x86_64-apple-darwin@"
    end
  end

  on_linux do
    on_arm do
      url "@REPOSITORY@/releases/download/v@VERSION@/labelwright-@VERSION@-aarch64-unknown-linux-musl.tar.gz"
      sha256 "@SHA256 aarch64-unknown-linux-musl@"
    end
    on_intel do
      url "@REPOSITORY@/releases/download/v@VERSION@/labelwright-@VERSION@-x86_64-unknown-linux-musl.tar.gz"
      sha256 "@SHA256 x86_64-unknown-linux-musl@"
    end
  end

  def install
    bin.install "labelwright"
    generate_completions_from_executable(bin/"labelwright", "completions")
  end

  test do
    (testpath/"labels.jsonl").write <<~JSONL
      {"image_url":"AmlDatastore://store/1.txt","label":[{"label":"City","offsetStart":8,"offsetEnd":12}]}
    JSONL
    (testpath/"1.txt").write "Ada saw Rome."
    system bin/"labelwright", "check", "labels.jsonl"
  end
end
