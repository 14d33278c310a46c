variables {
  name = "shop"
}

run "refuses_a_name_with_capitals" {
  command = plan

  variables {
    name = "Shop"
  }

  expect_failures = [var.name]
}

run "refuses_an_unknown_environment" {
  command = plan

  variables {
    environment = "qa"
  }

  expect_failures = [var.environment]
}

run "refuses_an_empty_owner" {
  command = plan

  variables {
    owner = ""
  }

  expect_failures = [var.owner]
}

run "refuses_two_services_of_one_name" {
  command = plan

  variables {
    services = [{ name = "web" }, { name = "web", port = 81 }]
  }

  expect_failures = [var.services]
}

run "refuses_a_port_out_of_range" {
  command = plan

  variables {
    services = [{ name = "web", port = 70000 }]
  }

  expect_failures = [var.services]
}

run "refuses_half_a_replica" {
  command = plan

  variables {
    services = [{ name = "web", replicas = 0.5 }]
  }

  expect_failures = [var.services]
}

run "refuses_no_service_at_all" {
  command = plan

  variables {
    services = []
  }

  expect_failures = [var.services]
}

run "refuses_a_lifetime_of_no_days" {
  command = plan

  variables {
    ttl_days = 0
  }

  expect_failures = [var.ttl_days]
}

run "refuses_another_moment_to_fail" {
  command = plan

  variables {
    fail_at = "plan"
  }

  expect_failures = [var.fail_at]
}

run "refuses_a_delay_over_thirty_seconds" {
  command = plan

  variables {
    delay_seconds = 31
  }

  expect_failures = [var.delay_seconds]
}

run "refuses_an_upstream_that_is_no_json_object" {
  command = plan

  variables {
    upstream_state = "network"
  }

  expect_failures = [var.upstream_state]
}
