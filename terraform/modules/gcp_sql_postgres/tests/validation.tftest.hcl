mock_provider "google" {}

variables {
  project_id = "example-project"
  region     = "asia-northeast3"
  name       = "shop-stg"
  network_id = "projects/example-project/global/networks/shop-stg"
}

run "refuses_a_network_by_its_bare_name" {
  command = plan

  variables {
    network_id = "shop-stg"
  }

  expect_failures = [var.network_id]
}

run "refuses_an_unknown_tier" {
  command = plan

  variables {
    tier = "db.t4g.micro"
  }

  expect_failures = [var.tier]
}

run "refuses_an_old_version" {
  command = plan

  variables {
    engine_version = "12"
  }

  expect_failures = [var.engine_version]
}

run "refuses_a_disk_below_ten_gigabytes" {
  command = plan

  variables {
    disk_gb = 5
  }

  expect_failures = [var.disk_gb]
}

run "refuses_a_standby_for_a_shared_cpu" {
  command = plan

  variables {
    ha = true
  }

  expect_failures = [var.ha]
}

run "refuses_a_database_without_backups" {
  command = plan

  variables {
    backup_days = 0
  }

  expect_failures = [var.backup_days]
}

run "refuses_a_user_with_its_kind_before_it" {
  command = plan

  variables {
    iam_users = ["user:min@example.com"]
  }

  expect_failures = [var.iam_users]
}

run "refuses_a_user_who_is_no_address" {
  command = plan

  variables {
    iam_users = ["postgres"]
  }

  expect_failures = [var.iam_users]
}

run "refuses_a_region_of_aws" {
  command = plan

  variables {
    region = "ap-northeast-2"
  }

  expect_failures = [var.region]
}

run "refuses_a_label_with_capitals" {
  command = plan

  variables {
    labels = { Team = "payments" }
  }

  expect_failures = [var.labels]
}

run "refuses_the_name_of_a_database_that_is_there_already" {
  command = plan

  variables {
    name = "postgres"
  }

  expect_failures = [var.name]
}
