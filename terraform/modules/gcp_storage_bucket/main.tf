resource "google_storage_bucket" "this" {
  project = var.project_id
  name    = var.name
  # The API answers in capitals.
  location                    = upper(var.location)
  storage_class               = var.storage_class
  force_destroy               = var.force_destroy
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  labels = merge(var.labels, { name = var.name })

  versioning {
    enabled = var.versioning
  }

  dynamic "lifecycle_rule" {
    for_each = var.expire_days > 0 ? [1] : []

    content {
      action {
        type = "Delete"
      }
      condition {
        age        = var.expire_days
        with_state = "LIVE"
      }
    }
  }

  dynamic "lifecycle_rule" {
    for_each = var.expire_days > 0 && var.versioning ? [1] : []

    content {
      action {
        type = "Delete"
      }
      condition {
        days_since_noncurrent_time = var.expire_days
        with_state                 = "ARCHIVED"
      }
    }
  }

  dynamic "retention_policy" {
    for_each = var.retention_days > 0 ? [1] : []

    content {
      # A text since version 7 of the provider, a number before; Terraform converts.
      retention_period = var.retention_days * 86400
      is_locked        = false
    }
  }
}

resource "google_storage_bucket_iam_member" "viewer" {
  for_each = toset(var.viewers)

  bucket = google_storage_bucket.this.name
  role   = "roles/storage.objectViewer"
  member = each.value
}
