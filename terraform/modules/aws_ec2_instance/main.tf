locals {
  image = var.ami_ssm != "auto" ? var.ami_ssm : startswith(var.instance_type, "t4g.") ? "al2023-arm64" : "al2023-x86_64"
}

data "aws_ssm_parameter" "image" {
  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${trimprefix(local.image, "al2023-")}"
}

# Amazon publishes a newer image every few weeks, and another image replaces the server. So the id of
# the day is kept, until another family of images is asked for, which has an address of its own here.
resource "terraform_data" "image" {
  for_each = toset([local.image])

  input = data.aws_ssm_parameter.image.insecure_value

  lifecycle {
    ignore_changes = [input]
  }
}

resource "aws_security_group" "this" {
  # AWS takes no group whose name begins with sg-, as the name of a server may.
  name        = "ec2-${var.name}"
  description = "Who reaches the server ${var.name}, and whom it reaches."
  vpc_id      = var.vpc_id

  # Rules inside the group, so that one added by hand shows as drift.
  ingress = [for rule in var.ingress : {
    description      = rule.description
    protocol         = "tcp"
    from_port        = rule.port
    to_port          = rule.port
    cidr_blocks      = [rule.cidr]
    ipv6_cidr_blocks = []
    prefix_list_ids  = []
    security_groups  = []
    self             = false
  }]

  egress = [
    {
      description      = "HTTPS to anywhere: packages and AWS itself"
      protocol         = "tcp"
      from_port        = 443
      to_port          = 443
      cidr_blocks      = ["0.0.0.0/0"]
      ipv6_cidr_blocks = []
      prefix_list_ids  = []
      security_groups  = []
      self             = false
    },
    {
      description      = "Everything inside private networks"
      protocol         = "-1"
      from_port        = 0
      to_port          = 0
      cidr_blocks      = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]
      ipv6_cidr_blocks = []
      prefix_list_ids  = []
      security_groups  = []
      self             = false
    },
  ]

  tags = merge(var.tags, { Name = "${var.name}-ec2" })

  # AWS deletes no group that the server still has.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_instance" "this" {
  ami                         = terraform_data.image[local.image].output
  instance_type               = var.instance_type
  subnet_id                   = var.subnet_id
  vpc_security_group_ids      = [aws_security_group.this.id]
  associate_public_ip_address = false
  # Left out, the profile that was there once would stay on the server when ssm is switched off.
  iam_instance_profile = var.ssm ? aws_iam_instance_profile.this[0].name : ""

  # Version 1 of the metadata service hands the role's credentials to whoever can make the server
  # fetch an address; one hop keeps containers away from version 2.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  root_block_device {
    volume_type           = "gp3"
    volume_size           = var.root_gb
    encrypted             = true
    delete_on_termination = true

    tags = merge(var.tags, { Name = var.name })
  }

  tags = merge(var.tags, { Name = var.name })
}
