mock_provider "aws" {}

variables {
  name      = "shop-batch"
  vpc_id    = "vpc-0a1b2c3d4e5f67890"
  subnet_id = "subnet-0a1b2c3d4e5f67890"
}

run "refuses_a_name_that_ends_in_a_hyphen" {
  command = plan

  variables {
    name = "shop-"
  }

  expect_failures = [var.name]
}

run "refuses_a_subnet_by_name" {
  command = plan

  variables {
    subnet_id = "private-a"
  }

  expect_failures = [var.subnet_id]
}

run "refuses_a_network_by_name" {
  command = plan

  variables {
    vpc_id = "shop"
  }

  expect_failures = [var.vpc_id]
}

run "refuses_a_size_that_is_not_offered" {
  command = plan

  variables {
    instance_type = "p5.48xlarge"
  }

  expect_failures = [var.instance_type]
}

run "refuses_an_unknown_image" {
  command = plan

  variables {
    ami_ssm = "ubuntu"
  }

  expect_failures = [var.ami_ssm]
}

run "refuses_an_image_for_other_processors" {
  command = plan

  variables {
    instance_type = "t4g.micro"
    ami_ssm       = "al2023-x86_64"
  }

  expect_failures = [var.ami_ssm]
}

run "refuses_a_disk_that_is_too_small" {
  command = plan

  variables {
    root_gb = 7
  }

  expect_failures = [var.root_gb]
}

run "refuses_ssh_from_the_world" {
  command = plan

  variables {
    ingress = [{ port = 22, cidr = "0.0.0.0/0", description = "SSH" }]
  }

  expect_failures = [var.ingress]
}

run "refuses_remote_desktop_from_half_the_world" {
  command = plan

  variables {
    ingress = [{ port = 3389, cidr = "128.0.0.0/1", description = "RDP" }]
  }

  expect_failures = [var.ingress]
}

run "refuses_a_port_out_of_range" {
  command = plan

  variables {
    ingress = [{ port = 0, cidr = "10.0.0.0/16", description = "Anything" }]
  }

  expect_failures = [var.ingress]
}

run "refuses_a_range_without_a_size" {
  command = plan

  variables {
    ingress = [{ port = 443, cidr = "10.0.0.1", description = "HTTPS" }]
  }

  expect_failures = [var.ingress]
}

run "refuses_an_opening_without_a_reason" {
  command = plan

  variables {
    ingress = [{ port = 443, cidr = "10.0.0.0/16", description = "" }]
  }

  expect_failures = [var.ingress]
}

run "refuses_the_same_opening_twice" {
  command = plan

  variables {
    ingress = [
      { port = 443, cidr = "10.0.0.0/16", description = "HTTPS" },
      { port = 443, cidr = "10.0.0.0/16", description = "Again" },
    ]
  }

  expect_failures = [var.ingress]
}

run "refuses_a_reserved_tag" {
  command = plan

  variables {
    tags = { "mcp:deployment" = "other" }
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
