mock_provider "google" {}

variables {
  project_id = "example-project"
  region     = "asia-northeast3"
  name       = "shop-stg"
}

run "refuses_a_project_number" {
  command = plan

  variables {
    project_id = "123456789012"
  }

  expect_failures = [var.project_id]
}

run "refuses_a_zone_for_a_region" {
  command = plan

  variables {
    region = "asia-northeast3-a"
  }

  expect_failures = [var.region]
}

run "refuses_a_region_of_aws" {
  command = plan

  variables {
    region = "ap-northeast-2"
  }

  expect_failures = [var.region]
}

run "refuses_a_name_with_capitals" {
  command = plan

  variables {
    name = "Shop"
  }

  expect_failures = [var.name]
}

run "refuses_a_network_without_subnets" {
  command = plan

  variables {
    subnets = []
  }

  expect_failures = [var.subnets]
}

run "refuses_two_subnets_of_one_name" {
  command = plan

  variables {
    subnets = [{ name = "apps", cidr = "10.10.0.0/24" }, { name = "apps", cidr = "10.10.1.0/24" }]
  }

  expect_failures = [var.subnets]
}

run "refuses_a_public_range" {
  command = plan

  variables {
    subnets = [{ name = "apps", cidr = "8.8.0.0/20" }]
  }

  expect_failures = [var.subnets]
}

run "refuses_a_range_that_starts_in_its_middle" {
  command = plan

  variables {
    subnets = [{ name = "apps", cidr = "10.10.5.0/20" }]
  }

  expect_failures = [var.subnets]
}

run "refuses_subnets_that_overlap" {
  command = plan

  variables {
    subnets = [{ name = "apps", cidr = "10.10.0.0/20" }, { name = "data", cidr = "10.10.15.0/24" }]
  }

  expect_failures = [var.subnets]
}

run "refuses_a_secondary_range_that_overlaps_a_subnet" {
  command = plan

  variables {
    subnets = [
      { name = "apps", cidr = "10.10.0.0/20", secondary = [{ name = "pods", cidr = "10.20.0.0/16" }] },
      { name = "data", cidr = "10.20.3.0/24" },
    ]
  }

  expect_failures = [var.subnets]
}

run "refuses_two_secondary_ranges_of_one_name" {
  command = plan

  variables {
    subnets = [{
      name      = "apps"
      cidr      = "10.10.0.0/20"
      secondary = [{ name = "pods", cidr = "10.20.0.0/16" }, { name = "pods", cidr = "10.21.0.0/16" }]
    }]
  }

  expect_failures = [var.subnets]
}
