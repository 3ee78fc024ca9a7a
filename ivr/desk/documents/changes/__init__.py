"""What has changed since an earlier revision, to be signed."""
