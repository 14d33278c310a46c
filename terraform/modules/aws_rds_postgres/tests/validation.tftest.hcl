mock_provider "aws" {}

variables {
  name       = "shop-db"
  vpc_id     = "vpc-0a1b2c3d4e5f67890"
  subnet_ids = ["subnet-0a1b2c3d4e5f67890", "subnet-0f9e8d7c6b5a43210"]
}

run "refuses_a_name_with_two_hyphens_in_a_row" {
  command = plan

  variables {
    name = "shop--db"
  }

  expect_failures = [var.name]
}

run "refuses_a_single_subnet" {
  command = plan

  variables {
    subnet_ids = ["subnet-0a1b2c3d4e5f67890"]
  }

  expect_failures = [var.subnet_ids]
}

run "refuses_the_same_subnet_twice" {
  command = plan

  variables {
    subnet_ids = ["subnet-0a1b2c3d4e5f67890", "subnet-0a1b2c3d4e5f67890"]
  }

  expect_failures = [var.subnet_ids]
}

run "refuses_subnets_by_name" {
  command = plan

  variables {
    subnet_ids = ["private-a", "private-b"]
  }

  expect_failures = [var.subnet_ids]
}

run "refuses_a_network_by_name" {
  command = plan

  variables {
    vpc_id = "shop"
  }

  expect_failures = [var.vpc_id]
}

run "refuses_a_range_where_a_group_is_wanted" {
  command = plan

  variables {
    allowed_security_group_ids = ["0.0.0.0/0"]
  }

  expect_failures = [var.allowed_security_group_ids]
}

run "refuses_a_version_that_is_not_offered" {
  command = plan

  variables {
    engine_version = "9.6"
  }

  expect_failures = [var.engine_version]
}

run "refuses_a_size_without_its_prefix" {
  command = plan

  variables {
    instance_class = "t4g.micro"
  }

  expect_failures = [var.instance_class]
}

run "refuses_a_disk_that_is_too_small" {
  command = plan

  variables {
    storage_gb = 10
  }

  expect_failures = [var.storage_gb]
}

run "refuses_to_go_without_backups" {
  command = plan

  variables {
    backup_days = 0
  }

  expect_failures = [var.backup_days]
}

run "refuses_a_reserved_tag" {
  command = plan

  variables {
    tags = { "aws:rds" = "x" }
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
