namespace Laurel.ApiFrontend.Tests.Phoenix;

/// <summary>The tests that share one server.</summary>
[CollectionDefinition]
public sealed class PhoenixTests : ICollectionFixture<PhoenixServer>;
