mock_provider "google" {}

variables {
  project_id = "example-project"
  name       = "example-project-uploads"
}

run "refuses_everybody" {
  command = plan

  variables {
    viewers = ["allUsers"]
  }

  expect_failures = [var.viewers]
}

run "refuses_every_account" {
  command = plan

  variables {
    viewers = ["allAuthenticatedUsers"]
  }

  expect_failures = [var.viewers]
}

run "refuses_a_viewer_without_its_kind" {
  command = plan

  variables {
    viewers = ["data@example.com"]
  }

  expect_failures = [var.viewers]
}

run "refuses_a_name_with_dots" {
  command = plan

  variables {
    name = "uploads.example.com"
  }

  expect_failures = [var.name]
}

run "refuses_a_name_that_google_keeps" {
  command = plan

  variables {
    name = "my-google-bucket"
  }

  expect_failures = [var.name]
}

run "refuses_a_region_of_aws" {
  command = plan

  variables {
    location = "ap-northeast-2"
  }

  expect_failures = [var.location]
}

run "refuses_an_unknown_class" {
  command = plan

  variables {
    storage_class = "GLACIER"
  }

  expect_failures = [var.storage_class]
}

run "refuses_half_a_day" {
  command = plan

  variables {
    expire_days = 0.5
  }

  expect_failures = [var.expire_days]
}

run "refuses_retention_beside_versions" {
  command = plan

  variables {
    retention_days = 30
  }

  expect_failures = [var.retention_days]
}

run "refuses_to_expire_what_is_retained" {
  command = plan

  variables {
    versioning     = false
    expire_days    = 10
    retention_days = 30
  }

  expect_failures = [var.retention_days]
}

run "refuses_a_label_with_capitals" {
  command = plan

  variables {
    labels = { Team = "payments" }
  }

  expect_failures = [var.labels]
}

run "refuses_a_label_of_the_platform" {
  command = plan

  variables {
    labels = { mcp-deployment = "other" }
  }

  expect_failures = [var.labels]
}
