mock_provider "aws" {}

variables {
  name = "shop-reports"
}

run "refuses_a_name_with_dots" {
  command = plan

  variables {
    name = "shop.reports"
  }

  expect_failures = [var.name]
}

run "refuses_a_name_that_s3_keeps_for_itself" {
  command = plan

  variables {
    name = "shop-s3alias"
  }

  expect_failures = [var.name]
}

run "refuses_half_an_arn" {
  command = plan

  variables {
    kms_key_arn = "alias/shop"
  }

  expect_failures = [var.kms_key_arn]
}

run "refuses_days_before_today" {
  command = plan

  variables {
    expire_days = -1
  }

  expect_failures = [var.expire_days]
}

run "refuses_half_days" {
  command = plan

  variables {
    noncurrent_days = 1.5
  }

  expect_failures = [var.noncurrent_days]
}

run "refuses_a_reserved_tag" {
  command = plan

  variables {
    tags = { "aws:owner" = "me" }
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
