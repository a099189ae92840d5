"""Create the bucket for media and attachments when it is missing. Run once by compose; safe to run again.

python -m infra.make_bucket
"""

import os
import sys
import time

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

PATIENCE_SECONDS = 60
OURS_ALREADY = {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}


def main() -> int:
    """Create the bucket named by HAMAYNK_S3_BUCKET; waits up to a minute for the store."""
    bucket = os.environ["HAMAYNK_S3_BUCKET"]
    store = boto3.client(
        "s3",
        endpoint_url=os.environ.get("HAMAYNK_S3_ENDPOINT") or None,
        aws_access_key_id=os.environ["HAMAYNK_S3_ACCESS_KEY"],
        aws_secret_access_key=os.environ["HAMAYNK_S3_SECRET_KEY"],
        region_name=os.environ.get("AWS_REGION", "us-east-1"),
        config=Config(connect_timeout=3, read_timeout=10, retries={"max_attempts": 1}),
    )
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            store.create_bucket(Bucket=bucket)
            print(f"bucket {bucket} created")
            return 0
        except ClientError as refusal:
            if refusal.response["Error"]["Code"] in OURS_ALREADY:
                print(f"bucket {bucket} is there")
                return 0
            problem: Exception = refusal
        except BotoCoreError as silence:
            problem = silence
        if time.monotonic() > deadline:
            print(f"The bucket {bucket} cannot be created: {problem}", file=sys.stderr)
            return 1
        time.sleep(2)


if __name__ == "__main__":
    sys.exit(main())
