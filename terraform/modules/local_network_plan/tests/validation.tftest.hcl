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

run "refuses_a_public_range" {
  command = plan

  variables {
    cidr = "8.8.0.0/16"
  }

  expect_failures = [var.cidr]
}

run "refuses_a_range_that_starts_in_its_middle" {
  command = plan

  variables {
    cidr = "10.0.5.0/16"
  }

  expect_failures = [var.cidr]
}

run "refuses_seven_zones" {
  command = plan

  variables {
    zones = 7
  }

  expect_failures = [var.zones]
}

run "refuses_half_a_bit" {
  command = plan

  variables {
    newbits = 2.5
  }

  expect_failures = [var.newbits]
}

run "refuses_blocks_that_are_too_small" {
  command = plan

  variables {
    cidr    = "10.0.0.0/24"
    newbits = 5
  }

  expect_failures = [var.newbits]
}

run "refuses_more_zones_than_blocks" {
  command = plan

  variables {
    zones   = 3
    newbits = 2
  }

  expect_failures = [terraform_data.plan]
}

run "refuses_zones_for_which_the_reserve_leaves_no_room" {
  command = plan

  variables {
    zones   = 2
    newbits = 2
    reserve = ["10.0.0.0/20"]
  }

  expect_failures = [terraform_data.plan]
}

run "refuses_a_reserve_outside_the_range" {
  command = plan

  variables {
    reserve = ["10.1.0.0/24"]
  }

  expect_failures = [var.reserve]
}

run "refuses_a_reserve_larger_than_the_range" {
  command = plan

  variables {
    reserve = ["10.0.0.0/8"]
  }

  expect_failures = [var.reserve]
}

run "refuses_a_reserve_that_is_no_range" {
  command = plan

  variables {
    reserve = ["office"]
  }

  expect_failures = [var.reserve]
}
