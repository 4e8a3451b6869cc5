using Laurel.ApiFrontend;
using Microsoft.Extensions.Options;

namespace Laurel.Hosting;

/// <summary>Refuses settings that cannot work, naming the setting and what would be right.</summary>
public sealed class ServerOptionsValidator : IValidateOptions<ServerOptions>
{
    private const int ShortestAdminKey = 16;
    private const int MostConnections = 1_000_000;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        List<string> mistakes = [];
        if (string.IsNullOrWhiteSpace(options.DataDirectory))
            mistakes.Add("Laurel:DataDirectory is empty; set it to a directory that this process may write to.");
        if (options.AdminKey is { } key)
            CheckAdminKey(key, mistakes);
        if (options.MaxConnections is < 1 or > MostConnections)
            mistakes.Add($"Laurel:MaxConnections is {options.MaxConnections}; set it to a number from 1 to {MostConnections}.");
        CheckStorage(options.Storage, mistakes);
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    // The key itself is never repeated.
    private static void CheckAdminKey(string key, List<string> mistakes)
    {
        if (key.Length is < ShortestAdminKey or > ApiKeyText.MaxLength)
            mistakes.Add($"Laurel:AdminKey has {key.Length} characters; set it to a secret text of {ShortestAdminKey} to {ApiKeyText.MaxLength}.");
        if (ApiKeyText.HasPrefix(key))
            mistakes.Add("Laurel:AdminKey begins with 'lrl_', as the keys do that Laurel makes; set it to a text of your own that does not.");
        if (key.Any(static c => c is <= ' ' or > '~'))
            mistakes.Add("Laurel:AdminKey has characters that no HTTP header can carry; set it to printable ASCII without spaces.");
    }

    private static void CheckStorage(StorageOptions storage, List<string> mistakes)
    {
        switch (storage.Provider)
        {
            case StorageOptions.Sqlite:
                if (!string.IsNullOrEmpty(storage.ConnectionString))
                {
                    mistakes.Add("Laurel:Storage:ConnectionString is set, and Laurel:Storage:Provider is 'sqlite', which takes none; "
                        + "set the provider to 'postgres', or remove the connection string.");
                }

                break;
            case StorageOptions.Postgres:
                if (string.IsNullOrWhiteSpace(storage.ConnectionString))
                    mistakes.Add("Laurel:Storage:ConnectionString is missing; set it to 'Host=…;Username=…;Password=…;Database=…'.");
                break;
            default:
                mistakes.Add($"Laurel:Storage:Provider is '{storage.Provider}'; set it to 'sqlite' or 'postgres'.");
                break;
        }
    }
}
