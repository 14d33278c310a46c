mock_provider "aws" {}

variables {
  name       = "shop-eks"
  subnet_ids = ["subnet-0a1b2c3d4e5f67890", "subnet-0f9e8d7c6b5a43210"]
}

run "refuses_a_name_with_underscores" {
  command = plan

  variables {
    name = "shop_eks"
  }

  expect_failures = [var.name]
}

run "refuses_a_version_that_is_not_offered" {
  command = plan

  variables {
    kubernetes_version = "1.24"
  }

  expect_failures = [var.kubernetes_version]
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

run "refuses_an_api_open_to_the_world" {
  command = plan

  variables {
    endpoint_public_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.endpoint_public_cidrs]
}

run "refuses_a_range_without_a_size" {
  command = plan

  variables {
    endpoint_public_cidrs = ["203.0.113.7"]
  }

  expect_failures = [var.endpoint_public_cidrs]
}

run "refuses_a_private_range" {
  command = plan

  variables {
    endpoint_public_cidrs = ["10.0.0.0/16"]
  }

  expect_failures = [var.endpoint_public_cidrs]
}

run "refuses_an_administrator_by_name" {
  command = plan

  variables {
    admin_role_arns = ["platform-admin"]
  }

  expect_failures = [var.admin_role_arns]
}

run "refuses_no_node_size_at_all" {
  command = plan

  variables {
    node_instance_types = []
  }

  expect_failures = [var.node_instance_types]
}

run "refuses_a_node_size_that_is_not_offered" {
  command = plan

  variables {
    node_instance_types = ["t2.nano"]
  }

  expect_failures = [var.node_instance_types]
}

run "refuses_nodes_of_two_processors" {
  command = plan

  variables {
    node_instance_types = ["t3.large", "t4g.large"]
  }

  expect_failures = [var.node_instance_types]
}

run "refuses_fewer_nodes_than_the_fewest" {
  command = plan

  variables {
    node_min     = 2
    node_desired = 1
  }

  expect_failures = [var.node_desired]
}

run "refuses_more_nodes_than_the_most" {
  command = plan

  variables {
    node_desired = 4
  }

  expect_failures = [var.node_desired]
}

run "refuses_half_a_node" {
  command = plan

  variables {
    node_min = 0.5
  }

  expect_failures = [var.node_min]
}

run "refuses_a_hundred_nodes" {
  command = plan

  variables {
    node_max = 100
  }

  expect_failures = [var.node_max]
}

run "refuses_an_unknown_log" {
  command = plan

  variables {
    log_types = ["kubelet"]
  }

  expect_failures = [var.log_types]
}

run "refuses_a_reserved_tag" {
  command = plan

  variables {
    tags = { "aws:eks" = "x" }
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
