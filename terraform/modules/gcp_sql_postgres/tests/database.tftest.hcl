mock_provider "google" {}

variables {
  project_id = "example-project"
  region     = "asia-northeast3"
  name       = "shop-stg"
  network_id = "projects/example-project/global/networks/shop-stg"
}

run "smallest_request_is_private_encrypted_and_kept" {
  command = plan

  assert {
    condition     = google_sql_database_instance.this.settings[0].ip_configuration[0].ipv4_enabled == false && google_sql_database_instance.this.settings[0].ip_configuration[0].private_network == var.network_id
    error_message = "The instance has a private address and no public one."
  }

  assert {
    condition     = google_sql_database_instance.this.settings[0].ip_configuration[0].ssl_mode == "ENCRYPTED_ONLY" && length(google_sql_database_instance.this.settings[0].ip_configuration[0].authorized_networks) == 0
    error_message = "Connections are encrypted, and no network of the internet is let in."
  }

  assert {
    condition     = google_sql_database_instance.this.deletion_protection && google_sql_database_instance.this.settings[0].deletion_protection_enabled
    error_message = "Terraform and Google both refuse to delete it."
  }

  assert {
    condition     = google_sql_database_instance.this.settings[0].backup_configuration[0].enabled && google_sql_database_instance.this.settings[0].backup_configuration[0].point_in_time_recovery_enabled
    error_message = "It is backed up."
  }
}

run "smallest_request_is_small" {
  command = plan

  assert {
    condition     = google_sql_database_instance.this.settings[0].tier == "db-f1-micro" && google_sql_database_instance.this.settings[0].edition == "ENTERPRISE" && google_sql_database_instance.this.settings[0].availability_type == "ZONAL"
    error_message = "Size and standby are asked for by name."
  }

  assert {
    condition     = google_sql_database_instance.this.settings[0].disk_size == 10 && google_sql_database_instance.this.settings[0].disk_autoresize == false
    error_message = "The disk grows only when somebody says so."
  }
}

run "people_and_service_accounts_log_in_without_passwords" {
  command = plan

  variables {
    iam_users = ["min@example.com", "shop-api@example-project.iam.gserviceaccount.com"]
  }

  assert {
    condition     = google_sql_user.iam["min@example.com"].name == "min@example.com" && google_sql_user.iam["min@example.com"].type == "CLOUD_IAM_USER"
    error_message = "A person logs in by the whole address."
  }

  assert {
    condition     = google_sql_user.iam["shop-api@example-project.iam.gserviceaccount.com"].name == "shop-api@example-project.iam" && google_sql_user.iam["shop-api@example-project.iam.gserviceaccount.com"].type == "CLOUD_IAM_SERVICE_ACCOUNT"
    error_message = "A service account logs in by the short address."
  }

  assert {
    condition     = alltrue([for user in google_sql_user.iam : user.password == null]) && google_sql_database_instance.this.root_password == null
    error_message = "There is no password anywhere."
  }

  assert {
    condition     = contains([for flag in google_sql_database_instance.this.settings[0].database_flags : "${flag.name}=${flag.value}"], "cloudsql.iam_authentication=on")
    error_message = "The instance knows logins by IAM."
  }
}

run "standby_and_long_backups_follow_the_request" {
  command = plan

  variables {
    tier           = "db-custom-2-7680"
    ha             = true
    backup_days    = 30
    engine_version = "16"
  }

  assert {
    condition     = google_sql_database_instance.this.settings[0].availability_type == "REGIONAL" && google_sql_database_instance.this.database_version == "POSTGRES_16"
    error_message = "The standby is in another zone of the region."
  }

  assert {
    condition     = google_sql_database_instance.this.settings[0].backup_configuration[0].backup_retention_settings[0].retained_backups == 30 && google_sql_database_instance.this.settings[0].backup_configuration[0].transaction_log_retention_days == 7
    error_message = "Backups are kept as long as asked for, the log as long as the edition allows."
  }
}

run "short_backups_keep_no_longer_log" {
  command = plan

  variables {
    backup_days = 3
  }

  assert {
    condition     = google_sql_database_instance.this.settings[0].backup_configuration[0].transaction_log_retention_days == 3
    error_message = "The log is not kept longer than the backups."
  }
}

run "database_is_named_after_the_instance" {
  command = apply

  assert {
    condition     = output.db_name == "shop_stg" && output.connection_name == google_sql_database_instance.this.connection_name && output.private_ip == google_sql_database_instance.this.private_ip_address
    error_message = "The outputs say how to connect."
  }
}
