"""Who said what, about what, and when: read, annotate, link, chart, publish."""

import os

# Else onnxruntime, as soon as it is imported, tells its makers which machine and program it runs on.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
