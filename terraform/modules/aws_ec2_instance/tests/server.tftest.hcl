mock_provider "aws" {
  mock_data "aws_ssm_parameter" {
    defaults = {
      insecure_value = "ami-0a1b2c3d4e5f67890"
    }
  }
}

variables {
  name      = "shop-batch"
  vpc_id    = "vpc-0a1b2c3d4e5f67890"
  subnet_id = "subnet-0a1b2c3d4e5f67890"
}

run "the_least_request_gives_a_closed_server" {
  command = apply

  assert {
    condition     = aws_instance.this.associate_public_ip_address == false && length(aws_security_group.this.ingress) == 0
    error_message = "It has no public address and nobody may connect."
  }

  assert {
    condition     = aws_instance.this.metadata_options[0].http_tokens == "required" && aws_instance.this.metadata_options[0].http_put_response_hop_limit == 1
    error_message = "The metadata service wants tokens and answers one hop only."
  }

  assert {
    condition     = aws_instance.this.root_block_device[0].encrypted && aws_instance.this.root_block_device[0].volume_type == "gp3" && aws_instance.this.root_block_device[0].volume_size == 20
    error_message = "The disk is encrypted gp3 of 20 GB."
  }

  assert {
    condition     = output.instance_id == aws_instance.this.id && output.private_ip == aws_instance.this.private_ip && output.security_group_id == aws_security_group.this.id
    error_message = "Server, address and security group are reported."
  }
}

run "the_image_fits_the_size" {
  command = plan

  variables {
    instance_type = "t4g.small"
  }

  assert {
    condition     = data.aws_ssm_parameter.image.name == "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"
    error_message = "t4g gets the ARM image."
  }
}

run "x86_sizes_get_the_x86_image" {
  command = plan

  variables {
    instance_type = "m7i.large"
    ami_ssm       = "al2023-x86_64"
  }

  assert {
    condition     = data.aws_ssm_parameter.image.name == "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64" && keys(terraform_data.image) == ["al2023-x86_64"]
    error_message = "m7i gets the x86 image."
  }
}

run "the_image_is_the_one_of_the_parameter" {
  command = apply

  assert {
    condition     = aws_instance.this.ami == "ami-0a1b2c3d4e5f67890"
    error_message = "The server starts from the published image."
  }
}

run "listed_ports_open_for_their_range" {
  command = plan

  variables {
    ingress = [
      { port = 22, cidr = "10.0.0.0/8", description = "SSH from inside" },
      { port = 443, cidr = "0.0.0.0/0", description = "HTTPS" },
    ]
  }

  assert {
    condition = toset([for rule in aws_security_group.this.ingress : "${rule.protocol} ${rule.from_port}-${rule.to_port} ${one(rule.cidr_blocks)} ${rule.description}"]) == toset([
      "tcp 22-22 10.0.0.0/8 SSH from inside",
      "tcp 443-443 0.0.0.0/0 HTTPS",
    ])
    error_message = "Exactly the listed ports open, each for its range."
  }
}

run "outbound_is_https_and_private_networks" {
  command = plan

  assert {
    condition = toset([for rule in aws_security_group.this.egress : "${rule.protocol} ${rule.from_port} ${join(",", rule.cidr_blocks)}"]) == toset([
      "tcp 443 0.0.0.0/0",
      "-1 0 10.0.0.0/8,172.16.0.0/12,192.168.0.0/16",
    ])
    error_message = "The internet is reached by HTTPS only."
  }
}

run "a_name_with_sg_in_front_is_taken" {
  command = plan

  variables {
    name = "sg-proxy"
  }

  assert {
    condition     = !startswith(aws_security_group.this.name, "sg-")
    error_message = "AWS refuses the name of the security group."
  }
}

run "session_manager_can_be_left_out" {
  command = plan

  variables {
    ssm = false
  }

  assert {
    condition     = length(aws_iam_role.this) == 0 && length(aws_iam_instance_profile.this) == 0 && length(aws_iam_role_policy_attachment.session_manager) == 0
    error_message = "Without Session Manager the server has no role."
  }

  assert {
    condition     = aws_instance.this.iam_instance_profile == ""
    error_message = "The server lets go of a profile that it had before."
  }
}

run "session_manager_gets_its_own_policy_only" {
  command = plan

  assert {
    condition     = aws_iam_role_policy_attachment.session_manager[0].policy_arn == "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" && aws_instance.this.iam_instance_profile == "shop-batch-ec2"
    error_message = "The role is that of Session Manager."
  }

  assert {
    condition     = jsondecode(aws_iam_role.this[0].assume_role_policy).Statement[0].Principal == { Service = "ec2.amazonaws.com" }
    error_message = "Only EC2 takes the role."
  }
}

run "tags_reach_the_server" {
  command = plan

  variables {
    tags    = { team = "payments" }
    root_gb = 50
  }

  assert {
    condition     = aws_instance.this.tags == tomap({ team = "payments", Name = "shop-batch" }) && aws_instance.this.root_block_device[0].tags == aws_instance.this.tags && aws_instance.this.root_block_device[0].volume_size == 50
    error_message = "Tags are merged; the disk has the size asked for."
  }
}
