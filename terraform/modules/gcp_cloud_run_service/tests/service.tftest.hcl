mock_provider "google" {}

variables {
  project_id = "example-project"
  region     = "asia-northeast3"
  name       = "shop-api"
}

run "smallest_request_is_internal_and_asleep" {
  command = plan

  assert {
    condition     = google_cloud_run_v2_service.this.ingress == "INGRESS_TRAFFIC_INTERNAL_ONLY" && length(google_cloud_run_v2_service_iam_member.invoker) == 0
    error_message = "Calls come from inside only, and from nobody who is not named."
  }

  assert {
    condition     = google_cloud_run_v2_service.this.template[0].scaling[0].min_instance_count == 0 && google_cloud_run_v2_service.this.template[0].scaling[0].max_instance_count == 3
    error_message = "Nothing runs while nobody calls, and three instances at most."
  }

  assert {
    condition     = google_cloud_run_v2_service.this.template[0].containers[0].resources[0].cpu_idle
    error_message = "CPU is billed during calls only."
  }
}

run "runs_as_an_account_of_its_own" {
  command = apply

  assert {
    condition     = google_cloud_run_v2_service.this.template[0].service_account == google_service_account.this.email && output.service_account == google_service_account.this.email
    error_message = "The service does not run as the project's default account."
  }

  assert {
    condition     = google_service_account.this.account_id == "shop-api-1408b419"
    error_message = "The account carries the service's name, and keeps it: another one would replace the account."
  }
}

run "service_of_the_same_name_elsewhere_has_another_account" {
  command = plan

  variables {
    region = "asia-northeast1"
  }

  assert {
    condition     = google_service_account.this.account_id == "shop-api-9bb616cb"
    error_message = "Accounts are the project's, services the region's."
  }
}

run "longest_name_fits_the_account" {
  command = plan

  variables {
    name = "a-service-name-of-32-characters0"
  }

  assert {
    condition     = length(google_service_account.this.account_id) == 30
    error_message = "An account's id has 30 characters at most."
  }
}

run "named_invokers_may_call" {
  command = plan

  variables {
    invokers = ["group:shop@example.com", "serviceAccount:web@example-project.iam.gserviceaccount.com"]
  }

  assert {
    condition     = length(google_cloud_run_v2_service_iam_member.invoker) == 2 && alltrue([for each in google_cloud_run_v2_service_iam_member.invoker : each.role == "roles/run.invoker"])
    error_message = "Each invoker may call and no more."
  }
}

run "public_lets_everybody_call" {
  command = plan

  variables {
    public   = true
    ingress  = "all"
    invokers = ["allUsers"]
  }

  assert {
    condition     = keys(google_cloud_run_v2_service_iam_member.invoker) == ["allUsers"] && google_cloud_run_v2_service.this.ingress == "INGRESS_TRAFFIC_ALL"
    error_message = "Public takes an explicit value, and then it is public."
  }
}

run "environment_and_labels_reach_the_container" {
  command = plan

  variables {
    env    = { LOG_LEVEL = "info", REGION = "kr" }
    labels = { team = "payments", name = "other" }
  }

  assert {
    condition     = { for each in google_cloud_run_v2_service.this.template[0].containers[0].env : each.name => each.value } == { LOG_LEVEL = "info", REGION = "kr" }
    error_message = "The container sees the variables."
  }

  assert {
    condition     = google_cloud_run_v2_service.this.labels == tomap({ team = "payments", name = "shop-api" })
    error_message = "Labels are merged and the name wins."
  }
}
