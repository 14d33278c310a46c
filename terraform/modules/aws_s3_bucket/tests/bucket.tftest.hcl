mock_provider "aws" {
  mock_resource "aws_s3_bucket" {
    defaults = {
      arn = "arn:aws:s3:::shop-reports"
    }
  }
}

variables {
  name = "shop-reports"
}

run "name_alone_gives_a_closed_bucket" {
  command = apply

  assert {
    condition     = aws_s3_bucket.this.bucket == "shop-reports" && aws_s3_bucket.this.force_destroy == false
    error_message = "The bucket has the name asked for and is not emptied by a destroy."
  }

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls,
      aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls,
      aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "All four blocks on public access are on."
  }

  assert {
    condition     = aws_s3_bucket_ownership_controls.this.rule[0].object_ownership == "BucketOwnerEnforced"
    error_message = "Access lists are switched off."
  }

  assert {
    condition     = output.bucket == "shop-reports" && output.arn == "arn:aws:s3:::shop-reports" && output.domain == aws_s3_bucket.this.bucket_regional_domain_name
    error_message = "Name, ARN and host name are reported."
  }
}

run "requests_without_tls_are_denied" {
  command = apply

  assert {
    condition = jsondecode(aws_s3_bucket_policy.this.policy).Statement == [{
      Sid       = "DenyInsecureTransport"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::shop-reports", "arn:aws:s3:::shop-reports/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
    error_message = "The bucket and its objects refuse plain HTTP, and the policy allows nobody anything."
  }
}

run "versions_are_kept_by_default" {
  command = plan

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "Older versions are kept."
  }

  assert {
    condition     = length(aws_s3_bucket_lifecycle_configuration.this.rule[0].expiration) == 0 && length(aws_s3_bucket_lifecycle_configuration.this.rule[0].noncurrent_version_expiration) == 0
    error_message = "Nothing is deleted unasked."
  }

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.this.rule[0].abort_incomplete_multipart_upload[0].days_after_initiation == 7
    error_message = "Unfinished uploads go after a week."
  }
}

run "versioning_can_be_suspended" {
  command = plan

  variables {
    versioning = false
  }

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Suspended"
    error_message = "No new versions are kept."
  }
}

run "s3_encrypts_with_its_own_key_by_default" {
  command = plan

  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default[0].sse_algorithm == "AES256"
    error_message = "Objects are encrypted without a key being named."
  }
}

run "a_named_key_encrypts" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:ap-northeast-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  assert {
    condition = (
      one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default[0].sse_algorithm == "aws:kms"
      && one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default[0].kms_master_key_id == var.kms_key_arn
      && one(aws_s3_bucket_server_side_encryption_configuration.this.rule).bucket_key_enabled
    )
    error_message = "The named key encrypts, through a bucket key."
  }
}

run "days_reach_the_housekeeping" {
  command = plan

  variables {
    expire_days     = 30
    noncurrent_days = 7
  }

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.this.rule[0].expiration[0].days == 30 && tonumber(aws_s3_bucket_lifecycle_configuration.this.rule[0].noncurrent_version_expiration[0].noncurrent_days) == 7
    error_message = "Objects go after 30 days, older versions after 7."
  }
}

run "tags_and_force_destroy_reach_the_bucket" {
  command = plan

  variables {
    force_destroy = true
    tags          = { team = "payments" }
  }

  assert {
    condition     = aws_s3_bucket.this.force_destroy && aws_s3_bucket.this.tags == tomap({ team = "payments", Name = "shop-reports" })
    error_message = "What was asked for stands on the bucket."
  }
}
