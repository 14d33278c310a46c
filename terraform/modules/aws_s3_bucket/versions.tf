terraform {
  required_version = ">= 1.11.0, < 2.0.0"

  required_providers {
    # 6.22 to 6.39 see the block on SSE-C, which S3 sets on every new bucket, as a change at each plan.
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.40.0, < 7.0.0"
    }
  }
}
