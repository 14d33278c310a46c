mock_provider "google" {}

variables {
  project_id = "example-project"
  name       = "example-project-uploads"
}

run "smallest_request_is_closed_and_keeps_versions" {
  command = plan

  assert {
    condition     = google_storage_bucket.this.uniform_bucket_level_access && google_storage_bucket.this.public_access_prevention == "enforced"
    error_message = "Access is decided by IAM alone and never public."
  }

  assert {
    condition     = google_storage_bucket.this.versioning[0].enabled && google_storage_bucket.this.force_destroy == false
    error_message = "Nothing is lost by an overwrite or a destroy."
  }

  assert {
    condition     = google_storage_bucket.this.location == "ASIA-NORTHEAST3" && google_storage_bucket.this.storage_class == "STANDARD"
    error_message = "The data lies in Seoul."
  }

  assert {
    condition     = length(google_storage_bucket.this.lifecycle_rule) == 0 && length(google_storage_bucket.this.retention_policy) == 0 && length(google_storage_bucket_iam_member.viewer) == 0
    error_message = "Nothing expires, is retained or is shared unasked."
  }
}

run "objects_and_their_versions_expire" {
  command = plan

  variables {
    expire_days = 30
  }

  assert {
    condition     = length(google_storage_bucket.this.lifecycle_rule) == 2 && one(google_storage_bucket.this.lifecycle_rule[0].condition).age == 30 && one(google_storage_bucket.this.lifecycle_rule[1].condition).days_since_noncurrent_time == 30
    error_message = "Living objects expire by age, older versions by the time since they were replaced."
  }
}

run "retention_takes_the_place_of_versions" {
  command = plan

  variables {
    versioning     = false
    retention_days = 30
    expire_days    = 60
  }

  assert {
    condition     = google_storage_bucket.this.retention_policy[0].retention_period == "2592000" && google_storage_bucket.this.retention_policy[0].is_locked == false
    error_message = "The retention time is given in seconds and can be shortened later."
  }

  assert {
    condition     = length(google_storage_bucket.this.lifecycle_rule) == 1
    error_message = "Without versions there is nothing but living objects to expire."
  }
}

run "viewers_may_read_and_no_more" {
  command = apply

  variables {
    viewers = ["group:data@example.com"]
    labels  = { team = "payments", name = "other" }
  }

  assert {
    condition     = google_storage_bucket_iam_member.viewer["group:data@example.com"].role == "roles/storage.objectViewer" && google_storage_bucket_iam_member.viewer["group:data@example.com"].bucket == output.name
    error_message = "A viewer reads the objects of this bucket."
  }

  assert {
    condition     = google_storage_bucket.this.labels == tomap({ team = "payments", name = "example-project-uploads" })
    error_message = "Labels are merged and the name wins."
  }
}
