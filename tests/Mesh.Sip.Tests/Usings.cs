global using Mesh.Io;
global using Xunit;
