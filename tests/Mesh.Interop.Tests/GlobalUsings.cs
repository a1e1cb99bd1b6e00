global using Mesh.Scenarios;
global using Xunit;
