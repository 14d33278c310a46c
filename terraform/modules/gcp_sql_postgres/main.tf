locals {
  service_account_suffix = ".gserviceaccount.com"

  flags = {
    "cloudsql.iam_authentication" = "on"
    log_checkpoints               = "on"
    log_connections               = "on"
    log_disconnections            = "on"
    log_lock_waits                = "on"
  }
}

# No root_password: without one nobody logs in as postgres, and no password lies in the state.
resource "google_sql_database_instance" "this" {
  project             = var.project_id
  region              = var.region
  name                = var.name
  database_version    = "POSTGRES_${var.engine_version}"
  deletion_protection = var.deletion_protection

  settings {
    # Left out, version 16 and later become Enterprise Plus, which costs more and knows no such tiers.
    edition                     = "ENTERPRISE"
    tier                        = var.tier
    availability_type           = var.ha ? "REGIONAL" : "ZONAL"
    deletion_protection_enabled = var.deletion_protection

    disk_type = "PD_SSD"
    disk_size = var.disk_gb
    # A disk that grows by itself no longer fits disk_size, and the provider would replace the instance.
    disk_autoresize = false

    user_labels = merge(var.labels, { name = var.name })

    ip_configuration {
      ipv4_enabled    = false
      private_network = var.network_id
      ssl_mode        = "ENCRYPTED_ONLY"
    }

    backup_configuration {
      enabled                        = true
      point_in_time_recovery_enabled = true
      # Seven is the most that this edition keeps.
      transaction_log_retention_days = min(7, var.backup_days)

      backup_retention_settings {
        retained_backups = var.backup_days
        retention_unit   = "COUNT"
      }
    }

    dynamic "database_flags" {
      for_each = local.flags

      content {
        name  = database_flags.key
        value = database_flags.value
      }
    }
  }
}

resource "google_sql_database" "this" {
  project  = var.project_id
  instance = google_sql_database_instance.this.name
  name     = replace(var.name, "-", "_")
  # It goes with its instance; PostgreSQL refuses to drop it while anybody is connected.
  deletion_policy = "ABANDON"
}

resource "google_sql_user" "iam" {
  for_each = toset(var.iam_users)

  project  = var.project_id
  instance = google_sql_database_instance.this.name
  # PostgreSQL's names have no room for the end of a service account's.
  name = trimsuffix(each.value, local.service_account_suffix)
  type = endswith(each.value, local.service_account_suffix) ? "CLOUD_IAM_SERVICE_ACCOUNT" : "CLOUD_IAM_USER"
}
