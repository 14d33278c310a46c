mock_provider "google" {}

variables {
  project_id = "example-project"
  region     = "asia-northeast3"
  name       = "shop-stg"
  network_id = "projects/example-project/global/networks/shop-stg"
  subnet_id  = "projects/example-project/regions/asia-northeast3/subnetworks/shop-stg-main"
}

run "refuses_a_network_by_its_bare_name" {
  command = plan

  variables {
    network_id = "shop-stg"
  }

  expect_failures = [var.network_id]
}

run "refuses_a_subnet_by_its_bare_name" {
  command = plan

  variables {
    subnet_id = "shop-stg-main"
  }

  expect_failures = [var.subnet_id]
}

run "refuses_a_subnet_of_another_region" {
  command = plan

  variables {
    region = "us-central1"
  }

  expect_failures = [var.subnet_id]
}

run "refuses_a_range_that_is_written_out" {
  command = plan

  variables {
    pods_range     = "10.64.0.0/14"
    services_range = "services"
  }

  expect_failures = [var.pods_range]
}

run "refuses_one_range_without_the_other" {
  command = plan

  variables {
    pods_range = "pods"
  }

  expect_failures = [var.services_range]
}

run "refuses_one_range_for_both" {
  command = plan

  variables {
    pods_range     = "pods"
    services_range = "pods"
  }

  expect_failures = [var.services_range]
}

run "refuses_an_unknown_channel" {
  command = plan

  variables {
    release_channel = "NIGHTLY"
  }

  expect_failures = [var.release_channel]
}

run "refuses_to_open_the_control_plane_to_the_world" {
  command = plan

  variables {
    private          = false
    authorized_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.authorized_cidrs]
}

run "refuses_half_of_the_world_too" {
  command = plan

  variables {
    private          = false
    authorized_cidrs = ["0.0.0.0/1", "128.0.0.0/1"]
  }

  expect_failures = [var.authorized_cidrs]
}

run "refuses_a_public_control_plane_for_nobody" {
  command = plan

  variables {
    private = false
  }

  expect_failures = [var.authorized_cidrs]
}

run "refuses_a_name_with_capitals" {
  command = plan

  variables {
    name = "Shop"
  }

  expect_failures = [var.name]
}
