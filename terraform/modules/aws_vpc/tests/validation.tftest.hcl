mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = {
      names = ["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c"]
    }
  }
}

variables {
  name = "shop-stg"
}

run "refuses_a_name_with_capitals" {
  command = plan

  variables {
    name = "Shop"
  }

  expect_failures = [var.name]
}

run "refuses_a_range_that_is_too_large" {
  command = plan

  variables {
    cidr = "10.0.0.0/8"
  }

  expect_failures = [var.cidr]
}

run "refuses_a_range_that_is_too_small" {
  command = plan

  variables {
    cidr = "10.0.0.0/25"
  }

  expect_failures = [var.cidr]
}

run "refuses_a_public_range" {
  command = plan

  variables {
    cidr = "52.95.0.0/16"
  }

  expect_failures = [var.cidr]
}

run "refuses_a_range_that_starts_inside_itself" {
  command = plan

  variables {
    cidr = "10.20.5.0/16"
  }

  expect_failures = [var.cidr]
}

run "refuses_words_for_a_range" {
  command = plan

  variables {
    cidr = "10.x.0.0/16"
  }

  expect_failures = [var.cidr]
}

run "refuses_four_zones" {
  command = plan

  variables {
    az_count = 4
  }

  expect_failures = [var.az_count]
}

run "refuses_another_nat_mode" {
  command = plan

  variables {
    nat_mode = "double"
  }

  expect_failures = [var.nat_mode]
}

run "refuses_days_that_cloudwatch_does_not_know" {
  command = plan

  variables {
    flow_log_days = 31
  }

  expect_failures = [var.flow_log_days]
}

run "refuses_a_reserved_tag" {
  command = plan

  variables {
    tags = { "mcp:owner" = "me" }
  }

  expect_failures = [var.tags]
}

run "refuses_a_tag_that_is_too_long" {
  command = plan

  variables {
    tags = { note = join("", [for letter in range(257) : "x"]) }
  }

  expect_failures = [var.tags]
}

run "refuses_a_tag_value_that_aws_does_not_take" {
  command = plan

  variables {
    tags = { note = "shop, payments" }
  }

  expect_failures = [var.tags]
}

run "refuses_tags_that_differ_in_capitals_only" {
  command = plan

  variables {
    tags = { Team = "payments", team = "shop" }
  }

  expect_failures = [var.tags]
}

run "refuses_a_second_name_tag" {
  command = plan

  variables {
    tags = { name = "shop" }
  }

  expect_failures = [var.tags]
}

run "takes_tags_in_korean" {
  command = plan

  variables {
    tags = { team = "결제 팀" }
  }
}
