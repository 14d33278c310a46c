mock_provider "google" {}

variables {
  project_id = "example-project"
  region     = "asia-northeast3"
  name       = "shop-api"
}

run "refuses_everybody_unless_public" {
  command = plan

  variables {
    invokers = ["allUsers"]
  }

  expect_failures = [var.invokers]
}

run "refuses_every_account_unless_public" {
  command = plan

  variables {
    invokers = ["allAuthenticatedUsers"]
  }

  expect_failures = [var.invokers]
}

run "refuses_an_invoker_without_its_kind" {
  command = plan

  variables {
    invokers = ["shop@example.com"]
  }

  expect_failures = [var.invokers]
}

run "refuses_an_image_without_its_registry" {
  command = plan

  variables {
    image = "nginx:latest"
  }

  expect_failures = [var.image]
}

run "refuses_a_registry_that_cloud_run_cannot_reach" {
  command = plan

  variables {
    image = "ghcr.io/shop/api:1"
  }

  expect_failures = [var.image]
}

run "refuses_three_cpus" {
  command = plan

  variables {
    cpu = "3"
  }

  expect_failures = [var.cpu]
}

run "refuses_four_cpus_with_little_memory" {
  command = plan

  variables {
    cpu    = "4"
    memory = "1Gi"
  }

  expect_failures = [var.memory]
}

run "refuses_much_memory_with_one_cpu" {
  command = plan

  variables {
    memory = "8Gi"
  }

  expect_failures = [var.memory]
}

run "refuses_more_at_least_than_at_most" {
  command = plan

  variables {
    scaling = { min = 5, max = 2 }
  }

  expect_failures = [var.scaling]
}

run "refuses_an_unknown_ingress" {
  command = plan

  variables {
    ingress = "external"
  }

  expect_failures = [var.ingress]
}

run "refuses_a_variable_that_cloud_run_sets" {
  command = plan

  variables {
    env = { PORT = "80" }
  }

  expect_failures = [var.env]
}

run "refuses_a_secret_in_the_environment" {
  command = plan

  variables {
    env = { DB_PASSWORD = "hunter2" }
  }

  expect_failures = [var.env]
}

run "refuses_a_name_with_capitals" {
  command = plan

  variables {
    name = "Shop"
  }

  expect_failures = [var.name]
}
