"""boto-peer.py write|read ENDPOINT KEY SECRET FOLDER BUCKET PREFIX: a folder and a bucket by boto. What it reads is compared, and told where it differs."""
import os
import sys

import boto3

verb, endpoint, key, secret, folder, bucket, prefix = sys.argv[1:]
client = boto3.client("s3", endpoint_url=endpoint, aws_access_key_id=key, aws_secret_access_key=secret, region_name="us-east-1")
for parent, _, names in os.walk(folder):
    for name in names:
        path = os.path.join(parent, name)
        key = prefix + os.path.relpath(path, folder)
        if verb == "write":
            client.upload_file(path, bucket, key)  # In parts of 8 MiB above that size.
        else:
            with open(path, "rb") as file:
                there = client.get_object(Bucket=bucket, Key=key)["Body"].read()
                print("equal" if file.read() == there else "DIFFERS", key)
